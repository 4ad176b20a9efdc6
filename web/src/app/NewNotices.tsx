import { useEffect, useRef } from "react";
import { useNotices } from "../data/notices.ts";
import { useSession } from "./session.ts";

/** A word at the foot of the page when something is told; nothing for what came while away. */
export function NewNotices() {
  const { locale } = useSession();
  const { arrived } = useNotices();
  const seen = useRef(arrived);
  useEffect(() => {
    const count = arrived - seen.current;
    seen.current = arrived;
    if (count <= 0 || location.pathname === "/notices") return;
    // The words for it are fetched with the first notice, like a page.
    void import("../pages/notices/arrivals.ts").then(({ announceNew }) =>
      announceNew(count, locale),
    );
  }, [arrived, locale]);
  return null;
}
