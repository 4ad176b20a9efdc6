import type {
  Budget,
  BudgetEnvelope,
  BudgetLimit,
  BudgetLine,
  BudgetPeriod,
} from "../../api/types.ts";
import type { BudgetView } from "../../api/budgets.ts";
import { add, isNegative, type Money, money, negate, sum } from "../../money/Money.ts";
import { type AmountProblem, isProblem, parseAmount } from "../../money/parse.ts";

/** What a row shows, whatever the view calls it: assigned or limit, activity or spent, available or remaining. */
export type Figures = { limit: Money; used: Money; left: Money; missing: string[] };

/** A row of the grid: a line that money counts in, or a heading that adds up what is below it. */
export type Row = {
  line: BudgetLine;
  depth: number;
  isHeading: boolean;
  figures: Figures;
  /** Percent of what there is; null where there is nothing to use. */
  progress: string | null;
};

/** Rows under one title. The title's own figures are those of all its rows. */
export type Section = {
  key: string;
  title: string | null;
  /** Whether the household gave the title, and so may give another. */
  isOwnGroup: boolean;
  rows: Row[];
  figures: Figures | null;
};

function figuresOf(
  limit: BudgetLimit,
  envelope: BudgetEnvelope | null,
  { currency }: BudgetPeriod,
): Figures {
  const at = (text: string) => money(text, currency);
  return {
    limit: at(limit.limit),
    used: at(envelope?.activity ?? limit.spent),
    left: at(envelope?.available ?? limit.remaining),
    missing: limit.missing_rates,
  };
}

function total(parts: readonly Figures[], currency: string): Figures {
  const of = (pick: (figures: Figures) => Money) => sum(parts.map(pick), currency);
  return {
    limit: of(({ limit }) => limit),
    used: of(({ used }) => used),
    left: of(({ left }) => left),
    missing: [...new Set(parts.flatMap(({ missing }) => missing))],
  };
}

/** How much of what there was is used, in percent; null where there was nothing. */
export function progressOf({ used, left }: Figures, isEnvelope: boolean): string | null {
  const spent = isEnvelope ? negate(used) : used;
  const whole = add(spent, left).tenThousandths;
  return whole > 0n ? String((spent.tenThousandths * 100n) / whole) : null;
}

function ownRow(line: BudgetLine, depth: number, period: BudgetPeriod, view: BudgetView): Row[] {
  if (!line.limit) return [];
  const envelope = view === "envelope" ? line.envelope : null;
  const figures = figuresOf(line.limit, envelope, period);
  return [{ line, depth, isHeading: false, figures, progress: line.limit.progress }];
}

/**
 * The tree in reading order. A category that has both a line and others below it is shown twice:
 * as the sum, then itself. Lines that stand elsewhere are neither shown nor counted.
 */
export function rowsOf(
  period: BudgetPeriod,
  view: BudgetView,
  isShown: (line: BudgetLine) => boolean,
): Row[] {
  const known = new Set(period.lines.map((line) => line.category_id));
  const below = new Map<string | null, BudgetLine[]>();
  for (const line of period.lines) {
    const parent = line.parent_id && known.has(line.parent_id) ? line.parent_id : null;
    below.set(parent, [...(below.get(parent) ?? []), line]);
  }
  const rowsFor = (line: BudgetLine, depth: number): Row[] => {
    const inner = (below.get(line.category_id) ?? []).flatMap((child) => rowsFor(child, depth + 1));
    if (inner.length === 0) return isShown(line) ? ownRow(line, depth, period, view) : [];
    const rows = [...(isShown(line) ? ownRow(line, depth + 1, period, view) : []), ...inner];
    const parts = rows.filter(({ isHeading }) => !isHeading).map(({ figures }) => figures);
    const figures = total(parts, period.currency);
    const progress = progressOf(figures, view === "envelope");
    return [{ line, depth, isHeading: true, figures, progress }, ...rows];
  };
  return (below.get(null) ?? []).flatMap((line) => rowsFor(line, 0));
}

function section(
  key: string,
  title: string | null,
  rows: Row[],
  { currency }: BudgetPeriod,
  isOwnGroup = false,
): Section[] {
  if (rows.length === 0) return [];
  const parts = rows.filter(({ isHeading }) => !isHeading).map(({ figures }) => figures);
  return [{ key, title, rows, isOwnGroup, figures: title ? total(parts, currency) : null }];
}

const kindTitles = { fixed: "Fixed", non_monthly: "Not every period", flexible: "Flexible" };

const placeIn = ({ budget }: BudgetLine) => budget?.position ?? 0;

/** The budgets of a group as they stand in it: by their places, those of one place as in the tree. */
export function membersOf(period: BudgetPeriod, group: string): Budget[] {
  const rows = rowsOf(period, "tracking", ({ budget }) => budget?.group === group);
  const members = rows.flatMap(({ line, isHeading }) =>
    isHeading || !line.budget ? [] : [line.budget],
  );
  return members.sort((a, b) => a.position - b.position);
}

/**
 * What a group's budgets say of their places once they stand in this order: the places that they
 * had, so that the group stays where it is among the others.
 */
export function placesOf(ordered: readonly Pick<Budget, "position">[]): number[] {
  const own = ordered.map(({ position }) => position).sort((a, b) => a - b);
  let last = -1;
  // Two in one place could not change it.
  return own.map((place) => (last = Math.max(place, last + 1)));
}

/** The household's own groups in the order of their budgets; what is in none comes last, as the tree. */
export function sectionsOf(period: BudgetPeriod, view: BudgetView): Section[] {
  const flat = (isIn: (line: BudgetLine) => boolean) =>
    rowsOf(period, view, (line) => !line.is_income && isIn(line)).flatMap((row) =>
      row.isHeading ? [] : [{ ...row, depth: 0 }],
    );
  if (view === "flex") {
    const kinds = Object.entries(kindTitles).flatMap(([kind, title]) =>
      section(
        `kind ${kind}`,
        title,
        flat(({ budget }) => budget?.kind === kind),
        period,
      ),
    );
    const rest = flat(({ budget }) => budget === null);
    return [...kinds, ...section("unplanned", "Not planned", rest, period)];
  }
  const groups = groupsOf(period);
  const inGroups = groups.flatMap((group) => {
    const rows = flat(({ budget }) => budget?.group === group).sort(
      (a, b) => placeIn(a.line) - placeIn(b.line),
    );
    return section(`group ${group}`, group, rows, period, true);
  });
  const rest = rowsOf(period, view, (line) => !line.is_income && !line.budget?.group);
  return [...inGroups, ...section("rest", groups.length > 0 ? "In no group" : null, rest, period)];
}

/** Where a category stands in the tree; what has no line yet stands last. */
export function readingOrder(period: BudgetPeriod): (categoryId: string) => number {
  const rows = rowsOf(period, "tracking", () => true);
  const found = new Map(rows.map(({ line }, index) => [line.category_id, index]));
  return (id) => found.get(id) ?? rows.length;
}

/** The names that the household groups its budgets under. */
export function groupsOf({ lines }: BudgetPeriod): string[] {
  const first = new Map<string, number>();
  for (const { budget } of lines) {
    if (!budget?.group) continue;
    first.set(budget.group, Math.min(first.get(budget.group) ?? Infinity, budget.position));
  }
  return [...first].sort((a, b) => a[1] - b[1] || a[0].localeCompare(b[0])).map(([name]) => name);
}

/** What a cell means: `+50` adds to what is there, anything else replaces it. Sums may be typed. */
export function entered(text: string, now: Money, locale: string): Money | AmountProblem {
  const trimmed = text.trim();
  if (trimmed === "") return { tenThousandths: 0n, currency: now.currency };
  const amount = parseAmount(trimmed, now.currency, locale);
  if (isProblem(amount)) return amount;
  return trimmed.startsWith("+") ? add(now, amount) : amount;
}

/** How full a bar is: percent from 0 to 100, and whether more is used than there is. */
export function barOf(
  progress: string | null,
  remaining: Money,
): { full: number; isOver: boolean } {
  const isOver = isNegative(remaining);
  if (progress === null || isOver) return { full: isOver ? 100 : 0, isOver };
  return { full: Math.min(100, Math.max(0, Math.round(Number(progress)))), isOver };
}

/** An envelope, a card's, or (null) what is ready to assign. */
export type Place = { id: string | null; name: string; available: Money };

function places(period: BudgetPeriod, except: string | null): Place[] {
  const order = readingOrder(period);
  const lines = [...period.lines].sort((a, b) => order(a.category_id) - order(b.category_id));
  return [
    { id: null as string | null, name: "Ready to assign", available: period.totals.ready },
    ...lines.flatMap(({ category_id, name, envelope, budget }) =>
      envelope && budget ? [{ id: category_id, name, available: envelope.available }] : [],
    ),
    ...period.cards.map(({ account_id, name, available }) => ({ id: account_id, name, available })),
  ]
    .map((place) => ({ ...place, available: money(place.available, period.currency) }))
    .filter(({ id }) => id !== except);
}

export function placeOf(period: BudgetPeriod, id: string | null): Place {
  return (
    places(period, "").find((place) => place.id === id) ?? {
      id,
      name: "",
      available: money("0", period.currency),
    }
  );
}

/** Where money can come from, the fullest first. */
export function sources(period: BudgetPeriod, except: string | null): Place[] {
  return places(period, except)
    .filter(({ available }) => available.tenThousandths > 0n)
    .sort((a, b) => (a.available.tenThousandths < b.available.tenThousandths ? 1 : -1));
}

/** Where money can go. */
export function targets(period: BudgetPeriod, except: string | null): Place[] {
  return places(period, except);
}
