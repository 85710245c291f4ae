/** The direction of imports: middleware → lib/auth · app → components/<noun> → components/{form,list,ui} · app → lib → db. */
const tests = "\\.test\\.tsx?$";

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle has no reading order.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "An import that cannot be followed is an import that no rule holds.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "db-imports-nothing-above",
      severity: "error",
      from: { path: "^db/" },
      to: { path: "^(app|components|lib|cli|e2e)/|^(middleware|instrumentation)\\.ts$" },
    },
    {
      name: "lib-imports-neither-app-nor-components",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|cli|e2e)/|^(middleware|instrumentation)\\.ts$" },
    },
    {
      name: "app-and-components-never-import-db",
      severity: "error",
      from: { path: "^(app|components)/", pathNot: tests },
      to: { path: "^db/" },
    },
    {
      name: "people-are-below-the-nouns",
      comment: "What every noun asks about people and groups stands where nothing reaches up for it.",
      severity: "error",
      from: { path: "^lib/(people|memberships)/", pathNot: tests },
      to: {
        path: "^lib/[^/]+/",
        pathNot:
          "^lib/(people|memberships|kernel|authz|audit|auth|lists|platform|time|normalization)/|/(operations|schema)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "components-do-not-import-app",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(app|cli|e2e)/|^(middleware|instrumentation)\\.ts$" },
    },
    {
      name: "components-know-queries-and-commands-as-types-only",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: { path: "^lib/.*/(queries|commands)(\\.ts$|/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "primitives-know-no-noun",
      comment: "components/ui, form, list and charts are for every noun.",
      severity: "error",
      from: { path: "^components/(ui|form|list|charts)/" },
      to: { path: "^components/(?!ui/|form/|list/|charts/)" },
    },
    {
      name: "ui-knows-only-itself",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(components/(?!ui/)|lib/(?!time/))", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "events-are-written-by-the-kernel-alone",
      severity: "error",
      from: { pathNot: `^lib/(kernel/(apply|refusal)\\.ts|audit/)|${tests}` },
      to: { path: "^lib/audit/record\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "authz-knows-no-noun",
      comment: "Who may do what is decided by what is stored and by the data of operations.ts.",
      severity: "error",
      from: { path: "^lib/authz/", pathNot: tests },
      to: { path: "^lib/[^/]+/", pathNot: "^lib/(authz|platform)/|/operations\\.ts$" },
    },
    {
      name: "the-kernel-knows-no-noun",
      comment: "What a verb is, is the same for every noun.",
      severity: "error",
      from: { path: "^lib/kernel/", pathNot: tests },
      to: { path: "^lib/[^/]+/", pathNot: "^lib/(kernel|authz|audit|auth|platform)/" },
    },
    {
      name: "the-registry-is-read-at-the-edges",
      comment:
        "It imports every noun's commands, or lists, so a noun that imports it imports all of them. `lib/api/` is the edge of programs.",
      severity: "error",
      from: { path: "^(lib|components)/", pathNot: `^lib/api/|${tests}` },
      to: { path: "^lib/(list-)?registry\\.ts$" },
    },
    {
      name: "the-edge-of-programs-is-asked-by-its-routes-and-its-page-alone",
      severity: "error",
      from: { path: "^(lib|components)/", pathNot: `^lib/(api|testing)/|^lib/programs/routes\\.ts$|${tests}` },
      to: { path: "^lib/api/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "programs-are-answered-by-the-server-alone",
      severity: "error",
      from: {
        path: "^(lib|components|app)/",
        pathNot: `^lib/(programs|testing)/|^lib/connections/install\\.ts$|${tests}`,
      },
      to: { path: "^lib/programs/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "operations-import-the-kernel-and-audit-words-alone",
      comment: "Everything reads the catalogue, so it must reach nothing else: no server code in a page, no cycle.",
      severity: "error",
      from: { path: "^lib/[^/]+/operations\\.ts$" },
      to: { pathNot: "^lib/(kernel/operation|audit/(words|told))\\.ts$" },
    },
    {
      name: "what-operations-import-is-as-free",
      severity: "error",
      from: { path: "^lib/(kernel/operation|audit/(words|told|fields|event))\\.ts$" },
      to: { pathNot: "^lib/(kernel/operation|audit/(words|told|fields|event))\\.ts$|^db/enums\\.ts$" },
    },
    {
      name: "the-catalogue-joins-operations",
      severity: "error",
      from: { path: "^lib/operations\\.ts$" },
      to: { pathNot: "^lib/([^/]+/operations|kernel/operation)\\.ts$" },
    },
    {
      name: "only-the-edge-knows-next",
      comment: "In a slice only actions.ts knows Next; lib/auth and lib/http read its cookies and headers.",
      severity: "error",
      from: { path: "^lib/[^/]+/", pathNot: `^lib/(auth|http|sign-in)/|/actions\\.ts$|${tests}` },
      to: { path: "^(node_modules/)?next/", pathNot: "/compiled/server-only/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "middleware-goes-to-auth",
      severity: "error",
      from: { path: "^middleware\\.ts$" },
      to: { path: "^(app|components|db|cli|e2e)/|^lib/[^/]+/", pathNot: "^lib/(auth|http|platform)/" },
    },
    {
      name: "satellites-are-not-imported",
      severity: "error",
      from: { path: "^(app|components|lib|db)/|^(middleware|instrumentation)\\.ts$" },
      to: { path: "^(cli|e2e|bench)/" },
    },
    {
      name: "no-development-package-in-the-product",
      severity: "error",
      from: {
        path: "^(app|components|lib|db)/|^(middleware|instrumentation)\\.ts$",
        pathNot: `^lib/testing/|${tests}`,
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^\\.next/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
