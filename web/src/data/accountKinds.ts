import type { AccountKind } from "../api/model.ts";
import type { Account } from "../api/types.ts";

export const kindNames: Record<AccountKind, string> = {
  checking: "Checking",
  savings: "Savings",
  cash: "Cash",
  credit_card: "Credit card",
  loan: "Loan",
  mortgage: "Mortgage",
  investment: "Investment",
  property: "Property",
  vehicle: "Vehicle",
  other_asset: "Other asset",
  other_liability: "Other debt",
};

export const assetKinds: readonly AccountKind[] = [
  "checking",
  "savings",
  "cash",
  "investment",
  "property",
  "vehicle",
  "other_asset",
];

export const liabilityKinds: readonly AccountKind[] = [
  "credit_card",
  "loan",
  "mortgage",
  "other_liability",
];

export function isLiability(kind: AccountKind): boolean {
  return liabilityKinds.includes(kind);
}

export function isOpen(account: Account): boolean {
  return account.closed_at === null && account.deleted_at === null;
}
