import { notices } from "../../api/notices.ts";
import { useNotices } from "../../data/notices.ts";
import { type Feed, useFeed } from "../../data/useFeed.ts";
import type { Notice } from "../../api/types.ts";

export type NoticeFilter = { unread?: boolean; kind?: string; household_id?: string };

/** Read anew whenever the server says that something about notices changed. */
export function useNoticeFeed(filter: NoticeFilter, limit: number): Feed<Notice> {
  const { edition } = useNotices();
  return useFeed(
    JSON.stringify(filter),
    (cursor) => notices.list({ ...filter, cursor, limit }),
    edition,
  );
}
