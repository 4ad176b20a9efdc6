/** What a token may reach: the first part of each address of the API. */
export const resources: readonly { name: string; label: string }[] = [
  { name: "accounts", label: "Accounts" },
  { name: "transactions", label: "Transactions" },
  { name: "transfers", label: "Transfers" },
  { name: "tasks", label: "Tasks" },
  { name: "bills", label: "Bills" },
  { name: "recurring", label: "Recurring payments" },
  { name: "subscriptions", label: "Subscriptions" },
  { name: "calendar", label: "Calendar" },
  { name: "goals", label: "Goals" },
  { name: "debts", label: "Debts" },
  { name: "categories", label: "Categories" },
  { name: "payees", label: "Payees" },
  { name: "tags", label: "Tags" },
  { name: "imports", label: "Imports" },
  { name: "analytics", label: "Reports" },
];

/** What can only be read. */
export const readOnly: readonly string[] = ["payees", "tags", "analytics", "subscriptions"];

const labelOf = (name: string) => resources.find((known) => known.name === name)?.label ?? name;

/** "Reads accounts, reports. Writes imports." */
export function scopeWords(scopes: readonly string[]): string {
  const of = (verb: string) =>
    scopes
      .filter((scope) => scope.endsWith(`:${verb}`))
      .map((scope) => labelOf(scope.slice(0, -verb.length - 1)).toLowerCase())
      .join(", ");
  const [reads, writes] = [of("read"), of("write")];
  return [reads && `Reads ${reads}.`, writes && `Writes ${writes}.`].filter(Boolean).join(" ");
}
