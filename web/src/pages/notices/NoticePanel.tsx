import { useEffect, useRef } from "react";
import { useSession } from "../../app/session.ts";
import { useNotices } from "../../data/notices.ts";
import { fromNow } from "../../dates/instant.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { NoticeLine } from "./NoticeLine.tsx";
import { useNoticeActions } from "./useNoticeActions.ts";
import { useNoticeFeed } from "./useNoticeFeed.ts";

const shownAtMost = 20;

/** The newest notices beside the page that somebody is on. */
export default function NoticePanel({ onClose }: { onClose: () => void }) {
  const { locale } = useSession();
  const { unread } = useNotices();
  const actions = useNoticeActions();
  const { items, error, hasMore } = useNoticeFeed({}, shownAtMost);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <div ref={panel} className="notice-panel" role="dialog" aria-label="Notices" tabIndex={-1}>
      <div className="notice-head">
        <h2>Notices</h2>
        {Boolean(unread) && (
          <Button kind="quiet" onClick={() => void actions.readAll()}>
            Mark all read
          </Button>
        )}
        <Link
          to="/settings/notices"
          className="icon-button"
          aria-label="Preferences"
          title="Preferences"
          onClick={onClose}
        >
          <Icon name="settings" />
        </Link>
        <IconButton icon="close" label="Close" onClick={onClose} />
      </div>
      {error && !items ? <ProblemNote error={error} /> : null}
      {!items && !error && <Loading rows={6} />}
      {items?.length === 0 && <p className="notice-none muted">Nothing to tell yet.</p>}
      {items && items.length > 0 && (
        <ul className="notices">
          {items.map((notice) => (
            <NoticeLine
              key={notice.id}
              notice={notice}
              when={fromNow(notice.at, locale)}
              actions={actions}
              onOpen={onClose}
            />
          ))}
        </ul>
      )}
      <div className="notice-foot">
        <Link to="/notices" onClick={onClose}>
          {hasMore ? "Earlier notices" : "Open as a page"}
        </Link>
      </div>
    </div>
  );
}
