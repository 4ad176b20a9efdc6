import type { BudgetLook } from "../../api/budgets.ts";
import type { Account, BudgetSettings } from "../../api/types.ts";

export const viewNames: Record<BudgetSettings["view"], string> = {
  envelope: "Envelopes",
  tracking: "Limits",
  flex: "Flex",
};

export const viewWords: Record<BudgetSettings["view"], string> = {
  envelope: "Income is ready to assign first; every unit gets a job.",
  tracking: "A limit a category, and what was spent of it.",
  flex: "What is fixed, what is not every period, and one number for the rest.",
};

export const periodNames: Record<BudgetSettings["period"], string> = {
  month: "Months",
  week: "Weeks",
  quarter: "Quarters",
  year: "Years",
};

export const holidayNames: Record<BudgetSettings["holidays"], string> = {
  none: "None: only weekends",
  AT: "Austria",
  BE: "Belgium",
  CA: "Canada",
  FR: "France",
  DE: "Germany",
  IE: "Ireland",
  IT: "Italy",
  NL: "Netherlands",
  PL: "Poland",
  ES: "Spain",
  SE: "Sweden",
  CH: "Switzerland",
  GB: "United Kingdom (England)",
  US: "United States",
  TARGET2: "Euro payments between banks",
};

export type SettingsDraft = {
  view: BudgetSettings["view"];
  period: BudgetSettings["period"];
  /** A day from 1 to 28, or "last" for the last working day. */
  start: string;
  holidays: BudgetSettings["holidays"];
};

export function draftOfSettings(settings: BudgetSettings): SettingsDraft {
  const { view, period, month_start: start, holidays } = settings;
  return { view, period, start: start === null ? "last" : String(start), holidays };
}

/** Only what differs. */
export function lookOf(draft: SettingsDraft, settings: BudgetSettings): BudgetLook {
  const start = draft.start === "last" ? null : Number(draft.start);
  return {
    ...(draft.view !== settings.view && { view: draft.view }),
    ...(draft.period !== settings.period && { period: draft.period }),
    ...(start !== settings.month_start && { month_start: start }),
    ...(draft.holidays !== settings.holidays && { holidays: draft.holidays }),
  };
}

/** The way back from `look`. */
export function lookBefore(look: BudgetLook, settings: BudgetSettings): BudgetLook {
  const { view, period, month_start, holidays } = settings;
  return {
    ...("view" in look && { view }),
    ...("period" in look && { period }),
    ...("month_start" in look && { month_start }),
    ...("holidays" in look && { holidays }),
  };
}

/** What is decided of an account for the budget. */
export type Part = Pick<Account, "is_budgeted" | "budget_category_id">;

export type PartChange = { account: Account; before: Part; after: Part };

export function partOf({ is_budgeted, budget_category_id }: Account): Part {
  return { is_budgeted, budget_category_id };
}

/** The accounts whose part in the budget is another now. */
export function partChanges(
  accounts: readonly Account[],
  parts: ReadonlyMap<string, Part>,
): PartChange[] {
  return accounts.flatMap((account) => {
    const before = partOf(account);
    const after = parts.get(account.id) ?? before;
    const isSame =
      before.is_budgeted === after.is_budgeted &&
      before.budget_category_id === after.budget_category_id;
    return isSame ? [] : [{ account, before, after }];
  });
}
