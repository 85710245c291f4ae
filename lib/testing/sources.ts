import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const folders = ["app", "bench", "cli", "components", "db", "docs", "e2e", "examples", "lib"];

/** Every file of the project by its path from the root, without what is made: for tests of conventions. */
export const projectFiles: string[] = [
  ...readdirSync(".", { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name),
  ...folders.filter((folder) => existsSync(folder)).flatMap(filesBelow),
];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

export const textOf = (path: string) => readFileSync(path, "utf8");

export const isTest = (path: string) => /\.(test|spec)\.tsx?$/.test(path);

/** One thing that a module gives away: its name, whether it is a function, and its text from the first statement on. */
export type Exported = { name: string; statements: string[] | null; value: string | null };

/** The exports of a module as they are written; `statements` of a function, `value` of a constant, neither for types. */
export function exportsOf(path: string): Exported[] {
  const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement): Exported[] => {
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.exportClause)
      return [{ name: statement.exportClause.getText(), statements: null, value: null }];
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isFunctionDeclaration(statement))
      return [
        {
          name: modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
            ? "default"
            : (statement.name?.text ?? ""),
          statements: statement.body?.statements.map((inner) => inner.getText()) ?? [],
          value: null,
        },
      ];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map((declaration) => ({
        name: declaration.name.getText(),
        statements: null,
        value: declaration.initializer?.getText() ?? "",
      }));
    return [];
  });
}
