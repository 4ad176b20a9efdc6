import type { FillInput } from "../../api/budgets.ts";
import type { BudgetFill, BudgetFillRow } from "../../api/types.ts";
import { needs, type RuleDraft, type RuleName, ruleOf, type RuleProblems } from "./fillRules.ts";

/** "own" is by each budget's own rule. */
export type Way = RuleName | "own";

export type FillDraft = {
  way: Way;
  fill: RuleDraft;
  /** Categories without a budget get one where something was spent. */
  makesBudgets: boolean;
  /** What was ticked or unticked by hand; all others are as the way has it. */
  ticks: ReadonlyMap<string, boolean>;
};

/** One amount is seldom meant for every category; what the past tells is. */
export function isForAll(way: Way): boolean {
  return way === "own" || way === "copy" || needs[way].includes("periods");
}

export function isTicked({ way, ticks }: FillDraft, id: string): boolean {
  return ticks.get(id) ?? isForAll(way);
}

/** What is asked of the server, for all rows alike; or what is wrong. */
export function inputOf(
  { way, fill, makesBudgets }: FillDraft,
  currency: string,
  locale: string,
): { input: FillInput } | { problems: RuleProblems } {
  if (way === "own") return { input: {} };
  const read = ruleOf(way, fill, currency, locale);
  if ("problems" in read) return read;
  return { input: { rule: read.rule, ...(makesBudgets && { new_budgets: true }) } };
}

/** Only the ticked rows; nothing is named while all are. Null when none is. */
export function narrowed(
  input: FillInput,
  draft: FillDraft,
  rows: readonly BudgetFillRow[],
): FillInput | null {
  const ids = rows.map(({ category_id: id }) => id).filter((id) => isTicked(draft, id));
  if (ids.length === 0) return null;
  return ids.length === rows.length ? input : { ...input, category_ids: ids };
}

export type PreviewRow = BudgetFillRow & { isTicked: boolean };

/** Every row there could be, with what those that are ticked get of the money. */
export function previewRows(
  all: BudgetFill,
  chosen: BudgetFill | undefined,
  draft: FillDraft,
  order: (categoryId: string) => number = () => 0,
): PreviewRow[] {
  const found = new Map(chosen?.rows.map((row) => [row.category_id, row]));
  const rows = all.rows.map((row) => {
    const isOn = isTicked(draft, row.category_id);
    const now = found.get(row.category_id);
    if (isOn && now) return { ...now, isTicked: true };
    return { ...row, after: row.before, short: "0", isTicked: isOn };
  });
  return rows.sort((a, b) => order(a.category_id) - order(b.category_id));
}
