import type { TransactionState, TransactionType } from "../../api/model.ts";
import type { Transaction } from "../../api/types.ts";

export const typeNames: Record<TransactionType, string> = {
  expense: "Expense",
  income: "Income",
  transfer: "Transfer",
  opening: "Opening balance",
  adjustment: "Adjustment",
};

export const stateNames: Record<TransactionState, string> = {
  expected: "Expected",
  pending: "Pending",
  posted: "Posted",
  cleared: "Cleared",
  reconciled: "Reconciled",
};

/** Whom the row names: the payee, else the other account, else what the bank wrote. */
export function payeeLabel(transaction: Transaction): string {
  const { payee, type, account_name: from, to_account_name: to, bank_text: text } = transaction;
  if (payee) return payee;
  if (type === "transfer" && to) return `${from} → ${to}`;
  return text ?? typeNames[type];
}

export function categoryLabel(transaction: Transaction): string {
  const { splits, category_name: category, type } = transaction;
  if (splits.length > 0) return `Split: ${splits.map((split) => split.category_name).join(", ")}`;
  return category ?? typeNames[type];
}
