import { messageOf } from "../../api/APIError.ts";
import { notices } from "../../api/notices.ts";
import { openHousehold } from "../../app/chosenHousehold.ts";
import { navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { countNotices, noticesChanged } from "../../data/notices.ts";
import { announceProblem } from "../../ui/toasts.ts";
import type { Notice } from "../../api/types.ts";

/**
 * Shows at once in the count, then asks the server. Nothing of the books changes by it, so no
 * page is read anew.
 */
async function change(by: number, work: () => Promise<unknown>): Promise<void> {
  noticesChanged(by);
  try {
    await work();
    noticesChanged(0);
  } catch (error) {
    announceProblem(messageOf(error));
    // A server that cannot be asked now says the count when it is back.
    await countNotices().catch(() => {});
  }
}

export type NoticeActions = {
  toggleRead: (notice: Notice) => Promise<void>;
  remove: (notice: Notice) => Promise<void>;
  readAll: () => Promise<void>;
  /** To what it is about, in whichever household that is. */
  open: (notice: Notice) => void;
};

export function useNoticeActions(): NoticeActions {
  const { household } = useSession();
  return {
    toggleRead: ({ id, read_at }) =>
      read_at === null
        ? change(-1, () => notices.markRead(id))
        : change(1, () => notices.markUnread(id)),
    remove: ({ id, read_at }) => change(read_at === null ? -1 : 0, () => notices.remove(id)),
    readAll: () => change(-Infinity, notices.readAll),
    open: ({ id, read_at, link, household_id: elsewhere }) => {
      if (read_at === null) void change(-1, () => notices.markRead(id));
      if (link === null) return;
      navigate(link);
      if (elsewhere !== null && elsewhere !== household.id) openHousehold(elsewhere);
    },
  };
}
