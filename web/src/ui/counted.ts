/** "1 row", "2,000 rows". */
export function counted(count: number, noun: string, locale: string): string {
  return `${count.toLocaleString(locale)} ${noun}${count === 1 ? "" : "s"}`;
}
