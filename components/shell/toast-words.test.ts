import ts from "typescript";
import { describe, expect, it } from "vitest";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** Placeholder for a value that is only known when it is said. */
const value = "…";

/** The texts that an expression may come to; one that is only known at run time is no text. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map(({ literal }) => value + literal.text).join("")];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "concat"
  )
    return node.arguments.flatMap(textsOf).map((text) => value + text);
  return [];
}

type Said = { where: string; kind: "status" | "failure"; text: string };

/** What toasts say: the calls, and what is handed to those that say it later. */
function saidIn(path: string): Said[] {
  const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const said: Said[] = [];
  const add = (kind: Said["kind"], node: ts.Expression | undefined) => {
    for (const text of node ? textsOf(node) : []) said.push({ where: path, kind, text });
  };
  (function visit(node: ts.Node) {
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText();
      if (["toast.success", "toastWithUndo", "offerWayBack", "tellDone"].includes(called))
        add("status", node.arguments[0]);
      if (["toast.error", "toast.info"].includes(called)) add("failure", node.arguments[0]);
      if (called === "unanswered") add("failure", node.arguments[1]);
    }
    if (ts.isPropertyAssignment(node) && ["done", "words"].includes(node.name.getText()))
      add("status", node.initializer);
    ts.forEachChild(node, visit);
  })(source);
  return said;
}

const said = projectFiles
  .filter((path) => path.startsWith("components/") && path.endsWith(".tsx") && !isTest(path))
  .concat("components/users/way-back.ts")
  .filter((path) => /ui\/toast|undo-toast|unanswered|onSaved/.test(textOf(path)))
  .flatMap(saidIn);

const endsAsSentence = (text: string) => text.endsWith(".") || text.endsWith(value);

describe("what toasts say", () => {
  it("is found", () => {
    expect(said.filter(({ kind }) => kind === "status").length).toBeGreaterThan(60);
    expect(said.filter(({ kind }) => kind === "failure").length).toBeGreaterThan(2);
  });

  it("is a status without a full stop, or sentences that all have one", () => {
    const wrong = said.filter(({ kind, text }) =>
      kind === "failure" || /\.\s/.test(text) ? !endsAsSentence(text) : text.endsWith("."),
    );
    expect(wrong).toEqual([]);
  });
});
