import { formatDate } from "./LocalDate.ts";

/** "June 2027" or "Jun 2027" for "2027-06". */
export function monthWords(
  month: string,
  locale: string,
  style: "long" | "short" = "long",
): string {
  return formatDate(`${month}-01`, locale, { month: style, year: "numeric" });
}
