import { type KeyboardEvent, useRef } from "react";
import { useSession } from "../../app/session.ts";
import { areShortcutsOn } from "../../app/shortcuts.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Link } from "../../ui/Link.tsx";
import type { NoticeActions } from "./useNoticeActions.ts";
import { kindIcons, pressingKinds, wordsOf } from "./words.ts";
import type { Notice } from "../../api/types.ts";

type NoticeLineProps = {
  notice: Notice;
  /** Under the head of a day its time is enough. */
  when: string;
  actions: NoticeActions;
  onOpen?: () => void;
};

/** The line `by` further down, where there is one. */
function focusLine(line: Element | null, by: 1 | -1): boolean {
  const other = by > 0 ? line?.nextElementSibling : line?.previousElementSibling;
  const target = other?.querySelector<HTMLElement>("a, button");
  target?.focus();
  return target !== undefined && target !== null;
}

/** One notice: what it is about is one press away, and so is being done with it. */
export function NoticeLine({ notice, when, actions, onOpen }: NoticeLineProps) {
  const { locale } = useSession();
  const item = useRef<HTMLLIElement>(null);
  const { title } = wordsOf(notice, locale);
  const isUnread = notice.read_at === null;
  const open = () => {
    actions.open(notice);
    onOpen?.();
  };
  const remove = () => {
    // Whoever goes through the list by keys is not to begin again at the top of the page.
    if (!focusLine(item.current, 1)) focusLine(item.current, -1);
    void actions.remove(notice);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") focusLine(item.current, 1);
    else if (event.key === "ArrowUp") focusLine(item.current, -1);
    else if (event.key === "Delete") remove();
    else if (event.key === "r" && areShortcutsOn()) void actions.toggleRead(notice);
    else return;
    event.preventDefault();
  };
  return (
    <li ref={item} className={isUnread ? "notice notice-unread" : "notice"}>
      {notice.link === null ? (
        <div className="notice-body">
          <NoticeContent notice={notice} when={when} />
        </div>
      ) : (
        <Link
          to={notice.link}
          className="notice-body"
          onKeyDown={onKeyDown}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            open();
          }}
        >
          <NoticeContent notice={notice} when={when} />
        </Link>
      )}
      <span className="notice-tools">
        <IconButton
          icon={isUnread ? "check" : "mail"}
          label={`Mark ${isUnread ? "read" : "unread"}: ${title}`}
          onClick={() => void actions.toggleRead(notice)}
        />
        <IconButton icon="trash" label={`Delete: ${title}`} onClick={remove} />
      </span>
    </li>
  );
}

function NoticeContent({ notice, when }: { notice: Notice; when: string }) {
  const { locale, households } = useSession();
  const { title, detail } = wordsOf(notice, locale);
  const isPressing = pressingKinds.includes(notice.kind);
  const where = households.length > 1 ? notice.household_name : null;
  return (
    <>
      <span className={isPressing ? "notice-icon notice-pressing" : "notice-icon"}>
        <Icon name={kindIcons[notice.kind] ?? "info"} />
      </span>
      <span className="notice-text">
        <span className="notice-title">
          {notice.read_at === null && <span className="visually-hidden">Unread: </span>}
          {title}
        </span>
        {detail && <span className="notice-detail">{detail}</span>}
        <span className="muted">{[where, when].filter(Boolean).join(" · ")}</span>
      </span>
    </>
  );
}
