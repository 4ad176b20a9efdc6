import { notices } from "../../api/notices.ts";
import { navigate } from "../../app/router.ts";
import { counted } from "../../ui/counted.ts";
import { announce } from "../../ui/toasts.ts";
import { wordsOf } from "./words.ts";
import type { Notice } from "../../api/types.ts";

/** What is older came while this tab was away: the count beside the bell says enough. */
const recentMilliseconds = 10 * 60_000;
const most = 20;
const announced = new Set<string>();

function isNews({ id, at }: Notice): boolean {
  return !announced.has(id) && Date.now() - Date.parse(at) < recentMilliseconds;
}

async function newest(count: number): Promise<Notice[]> {
  const { data } = await notices.list({ unread: true, limit: Math.min(count, most) });
  return data.filter(isNews);
}

/** One toast, however many there are. */
export async function announceNew(count: number, locale: string): Promise<void> {
  // Whoever cannot be asked now has been counted all the same.
  const fresh = await newest(count).catch(() => []);
  for (const { id } of fresh) announced.add(id);
  const [first] = fresh;
  if (!first) return;
  const text =
    fresh.length === 1 ? wordsOf(first, locale).title : counted(fresh.length, "new notice", locale);
  announce(text, { label: "Show", run: () => navigate("/notices") });
}
