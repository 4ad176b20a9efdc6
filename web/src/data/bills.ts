import { bills } from "../api/bills.ts";
import { type Resource, useResource } from "./resource.ts";
import type { Bill } from "../api/types.ts";

/** The household's bills by name; deleted ones are not among them. */
export function useBills(): Resource<Bill[]> {
  return useResource("bills", () => bills.all());
}
