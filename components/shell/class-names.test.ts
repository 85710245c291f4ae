import { dirname, join } from "node:path";
import { extendTailwindMerge } from "tailwind-merge";
import ts from "typescript";
import { expect, test } from "vitest";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** Class names are joined, not compared: what a component is handed must not set what its own classes set already. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["ui"],
      shadow: ["lift-1", "lift-2", "lift-3"],
      spacing: ["control", "control-s", "control-l", "field"],
      animate: ["turn", "appear", "rise", "sheet", "slide", "leave", "late"],
    },
  },
});

/** Classes that would be dropped by who compares them. */
const overridden = (own: string, given: string) => {
  const kept = new Set(merge(`${own} ${given}`).split(" "));
  return own.split(" ").filter((name) => name && !kept.has(name) && !given.split(" ").includes(name));
};

const drawn = projectFiles.filter((path) => /^(app|components)\/.*\.tsx$/.test(path) && !isTest(path));
const parsed = new Map(
  drawn.map((path) => [path, ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)]),
);

function each(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => each(child, visit));
}

/** The texts in an expression; a name is replaced by the value of a constant of the same file. */
function textsIn(node: ts.Node, source: ts.SourceFile): string[] {
  const texts: string[] = [];
  each(node, (part) => {
    if (ts.isStringLiteralLike(part) && !ts.isImportDeclaration(part.parent)) texts.push(part.text);
    if (!ts.isIdentifier(part) || part.parent !== node) return;
    for (const statement of source.statements)
      if (ts.isVariableStatement(statement))
        for (const { name, initializer } of statement.declarationList.declarations)
          if (name.getText() === part.text && initializer && ts.isStringLiteralLike(initializer))
            texts.push(initializer.text);
  });
  return texts;
}

/** What every component that is handed a `className` joins it with, by file and name. */
function ownTexts(): Map<string, string[]> {
  const own = new Map<string, string[]>();
  for (const [path, source] of parsed)
    for (const statement of source.statements)
      if (ts.isFunctionDeclaration(statement) && statement.name)
        each(statement, (node) => {
          if (!ts.isCallExpression(node) || node.expression.getText() !== "cn") return;
          if (!node.arguments.some((argument) => /\bclassName\b/.test(argument.getText()))) return;
          const key = `${path} ${statement.name?.text}`;
          own.set(key, [...(own.get(key) ?? []), ...textsIn(node, source)]);
        });
  return own;
}

const fileOf = (from: string, spec: string) => {
  const base = spec.startsWith("@/") ? spec.slice(2) : join(dirname(from), spec);
  return `${base}.tsx`;
};

test("what a component is handed does not meet what it sets itself, unless it says that it wins", () => {
  const own = ownTexts();
  expect(own.size).toBeGreaterThan(20);
  const met: string[] = [];
  let seen = 0;
  for (const [path, source] of parsed) {
    const imported = new Map<string, string>();
    for (const statement of source.statements)
      if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
        const { text } = statement.moduleSpecifier;
        const { namedBindings } = statement.importClause ?? {};
        if (namedBindings && ts.isNamedImports(namedBindings))
          for (const { name } of namedBindings.elements) imported.set(name.text, fileOf(path, text));
      }
    each(source, (node) => {
      if (!ts.isJsxOpeningElement(node) && !ts.isJsxSelfClosingElement(node)) return;
      const tag = node.tagName.getText();
      const handed = node.attributes.properties
        .filter(ts.isJsxAttribute)
        .find((attribute) => attribute.name.getText() === "className")?.initializer;
      if (!handed) return;
      const at = imported.get(tag) ?? path;
      const looks = own.get(`${at} ${tag}`) ?? [];
      if (looks.length > 0) seen += 1;
      for (const given of textsIn(handed, source))
        for (const look of looks)
          for (const name of look === given ? [] : overridden(look, given))
            met.push(`${path}: ${tag} "${given}" meets ${name}`);
    });
  }
  expect(seen).toBeGreaterThan(80);
  expect(met).toEqual([]);
});

test("classes that a component joins for itself do not meet each other", () => {
  for (const [key, texts] of ownTexts())
    for (const text of texts) expect(overridden(text, ""), `${key} "${text}"`).toEqual([]);
});
