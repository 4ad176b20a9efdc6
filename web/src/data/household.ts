import { accounts, categories } from "../api/endpoints.ts";
import type { Account, Category } from "../api/types.ts";
import { type Resource, useResource } from "./resource.ts";

/** The household's accounts in the order people gave them; closed ones included. */
export function useAccounts(): Resource<Account[]> {
  return useResource("accounts", () => accounts.all());
}

export function useCategories(): Resource<Category[]> {
  return useResource("categories", () => categories.all());
}

export type CategoryLine = { category: Category; depth: number; path: string };

/** The tree as lines in reading order: each category right before its children. */
export function categoryLines(all: readonly Category[], kind?: Category["kind"]): CategoryLine[] {
  const children = new Map<string | null, Category[]>();
  const known = new Set(all.map(({ id }) => id));
  for (const category of all) {
    if (kind && category.kind !== kind) continue;
    // A child whose parent is not in the list is shown at the root rather than lost.
    const parent = category.parent_id && known.has(category.parent_id) ? category.parent_id : null;
    children.set(parent, [...(children.get(parent) ?? []), category]);
  }
  const lines: CategoryLine[] = [];
  const visit = (parent: string | null, depth: number, prefix: string) => {
    const siblings = [...(children.get(parent) ?? [])].sort(
      (a, b) => a.position - b.position || a.name.localeCompare(b.name),
    );
    for (const category of siblings) {
      const path = prefix ? `${prefix} › ${category.name}` : category.name;
      lines.push({ category, depth, path });
      visit(category.id, depth + 1, path);
    }
  };
  visit(null, 0, "");
  return lines;
}

/** The category and all beneath it. */
export function subtreeIds(all: readonly Category[], rootId: string): Set<string> {
  const ids = new Set([rootId]);
  let grew = true;
  while (grew) {
    grew = false;
    for (const { id, parent_id } of all) {
      if (parent_id && ids.has(parent_id) && !ids.has(id)) {
        ids.add(id);
        grew = true;
      }
    }
  }
  return ids;
}
