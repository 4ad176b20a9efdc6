import { address, navigate, useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useNotices } from "../../data/notices.ts";
import { formatTime } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Link } from "../../ui/Link.tsx";
import { EmptyState } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { DayList } from "../trail/DayList.tsx";
import { NoticeLine } from "./NoticeLine.tsx";
import { useNoticeActions } from "./useNoticeActions.ts";
import { type NoticeFilter, useNoticeFeed } from "./useNoticeFeed.ts";
import { kindNames } from "./words.ts";

const perPage = 50;

type Which = "all" | "unread";

const sides: readonly Segment<Which>[] = [
  { value: "all", label: "All" },
  { value: "unread", label: "Unread" },
];

/** What the list is narrowed to. It stands in the address. */
function useFilter(): NoticeFilter {
  const { query } = useLocation();
  return {
    unread: query.get("unread") === "true" || undefined,
    kind: query.get("kind") ?? undefined,
    household_id: query.get("household_id") ?? undefined,
  };
}

function show({ unread, kind, household_id }: NoticeFilter): void {
  const query = { unread: unread ? "true" : undefined, kind, household_id };
  navigate(address("/notices", query), { replace: true });
}

/** Everything this person was told, in all their households. */
export default function NoticesPage() {
  const { locale, user } = useSession();
  const filter = useFilter();
  const { unread } = useNotices();
  const actions = useNoticeActions();
  const feed = useNoticeFeed(filter, perPage);
  return (
    <div className="page page-medium">
      <PageHead title="Notices">
        {Boolean(unread) && (
          <Button icon="check" onClick={() => void actions.readAll()}>
            Mark all read
          </Button>
        )}
        <Link
          to="/settings/notices"
          className="icon-button"
          aria-label="Preferences"
          title="Preferences"
        >
          <Icon name="settings" />
        </Link>
      </PageHead>
      <NoticeFilters filter={filter} />
      <DayList feed={feed} empty={<NoNotices filter={filter} />}>
        {(notice) => (
          <NoticeLine
            key={notice.id}
            notice={notice}
            when={formatTime(notice.at, { locale, timeZone: user.time_zone })}
            actions={actions}
          />
        )}
      </DayList>
    </div>
  );
}

function NoticeFilters({ filter }: { filter: NoticeFilter }) {
  const { households } = useSession();
  return (
    <div className="notice-filters" role="search">
      <Segments
        label="Which notices"
        segments={sides}
        value={filter.unread ? "unread" : "all"}
        onChange={(side) => show({ ...filter, unread: side === "unread" })}
      />
      <select
        className="input"
        aria-label="About"
        value={filter.kind ?? ""}
        onChange={({ target }) => show({ ...filter, kind: target.value })}
      >
        <option value="">About anything</option>
        {Object.entries(kindNames).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </select>
      {households.length > 1 && (
        <select
          className="input"
          aria-label="Household"
          value={filter.household_id ?? ""}
          onChange={({ target }) => show({ ...filter, household_id: target.value })}
        >
          <option value="">In all households</option>
          {households.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function NoNotices({ filter }: { filter: NoticeFilter }) {
  if (filter.kind || filter.household_id) {
    return (
      <EmptyState
        icon="search"
        title="No notice like this"
        actions={<Button onClick={() => show({})}>Show all</Button>}
      />
    );
  }
  if (filter.unread) {
    return (
      <EmptyState
        icon="check"
        title="You have read everything"
        actions={<Button onClick={() => show({})}>Show all</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon="bell"
      title="Nothing to tell yet"
      actions={
        <Link to="/settings/notices" className="button">
          <span>Choose what you are told of</span>
        </Link>
      }
    >
      <p>
        When a budget runs out, an account runs low or a task is due, it is said here, and by letter
        if you like.
      </p>
    </EmptyState>
  );
}
