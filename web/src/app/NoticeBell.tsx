import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useNotices } from "../data/notices.ts";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import { useMediaQuery } from "../ui/useMediaQuery.ts";
import { useLocation } from "./router.ts";

const NoticePanel = lazy(() => import("../pages/notices/NoticePanel.tsx"));

/** How many are unread; the list opens beside it, and on phones as a page. */
export function NoticeBell() {
  const { unread } = useNotices();
  const { path } = useLocation();
  const isNarrow = useMediaQuery("(max-width: 899px)");
  const label = unread ? `Notices, ${unread} unread` : "Notices";
  const face = (
    <>
      <Icon name="bell" />
      {Boolean(unread) && (
        <span className="bell-count" aria-hidden="true">
          {Number(unread) > 99 ? "99+" : unread}
        </span>
      )}
    </>
  );
  const isHere = path === "/notices";
  if (isNarrow || isHere) {
    return (
      <Link
        to="/notices"
        className="icon-button bell"
        aria-label={label}
        title={label}
        aria-current={isHere ? "page" : undefined}
      >
        {face}
      </Link>
    );
  }
  return <BellWithPanel label={label}>{face}</BellWithPanel>;
}

function BellWithPanel({ label, children }: { label: string; children: JSX.Element }) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  useEffect(() => {
    if (!isOpen) return;
    const escape = ({ key }: KeyboardEvent) => key === "Escape" && close();
    const leave = ({ target }: Event) => {
      if (!place.current?.contains(target as Node)) setOpen(false);
    };
    addEventListener("keydown", escape);
    addEventListener("pointerdown", leave);
    addEventListener("focusin", leave);
    return () => {
      removeEventListener("keydown", escape);
      removeEventListener("pointerdown", leave);
      removeEventListener("focusin", leave);
    };
  }, [isOpen, close]);
  return (
    <span ref={place}>
      <button
        ref={button}
        type="button"
        className="icon-button bell"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <NoticePanel onClose={close} />
        </Suspense>
      )}
    </span>
  );
}
