export type Change = { name: string; before: string | null; after: string | null };

/** What every change moves, and nobody asks about. */
const unsaid = new Set(["id", "version", "created_at", "updated_at", "position", "household_id"]);
const longestText = 120;

function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === "[]" || text === "{}") return null;
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

function partsOf(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) return { value };
  return value as Record<string, unknown>;
}

/** "category_name" reads "category". Ids are left to the names that stand beside them. */
function nameOf(key: string): string {
  return key.replace(/_name$/, "").replaceAll("_", " ");
}

/** The parts that differ, in words: what was, and what is now. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [was, is] = [partsOf(before), partsOf(after)];
  const changes: Change[] = [];
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (unsaid.has(key) || key.endsWith("_id")) continue;
    const change = { name: nameOf(key), before: textOf(was[key]), after: textOf(is[key]) };
    if (change.before !== change.after) changes.push(change);
  }
  return changes;
}
