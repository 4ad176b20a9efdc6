import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Account } from "../api/types.ts";
import { isOpen } from "../data/accountKinds.ts";
import { useAccounts } from "../data/household.ts";
import { useOpenTaskCount } from "../data/tasks.ts";
import { formatDate } from "../dates/LocalDate.ts";
import { money } from "../money/Money.ts";
import { AmountText } from "../ui/AmountText.tsx";
import { IconButton } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { IconName } from "../ui/icons.ts";
import { Link } from "../ui/Link.tsx";
import { Note } from "../ui/Notices.tsx";
import { useMediaQuery } from "../ui/useMediaQuery.ts";
import { Brand } from "./Brand.tsx";
import { openHousehold } from "./chosenHousehold.ts";
import { NoticeBell } from "./NoticeBell.tsx";
import { OfflineNote } from "./OfflineNote.tsx";
import { address, navigate, useLocation } from "./router.ts";
import { useSession } from "./session.ts";
import { chooseTheme, type Theme, useTheme } from "./theme.ts";

type Place = { to: string; label: string; icon: IconName };

const places: readonly Place[] = [
  { to: "/", label: "Overview", icon: "overview" },
  { to: "/transactions", label: "Transactions", icon: "transactions" },
  { to: "/budget", label: "Budget", icon: "table" },
  { to: "/bills", label: "Bills", icon: "expected" },
  { to: "/accounts", label: "Accounts", icon: "accounts" },
  { to: "/goals", label: "Goals", icon: "goal" },
  { to: "/debts", label: "Debts", icon: "card" },
  { to: "/tasks", label: "Tasks", icon: "reconciled" },
  { to: "/imports", label: "Import", icon: "import" },
  { to: "/categories", label: "Categories", icon: "categories" },
];

/** What a phone's bar has room for, beside the button that opens the others. */
const barAddresses = ["/", "/transactions", "/budget", "/accounts"];
const barPlaces = places.filter(({ to }) => barAddresses.includes(to));
const otherPlaces = places.filter(({ to }) => !barAddresses.includes(to));

/** The frame around every page: a side column on wide screens, a bar at the foot on phones. */
export function Shell({ children }: { children: ReactNode }) {
  const { path } = useLocation();
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <header className="side">
        <div className="side-head">
          <Link to="/" className="brand" aria-label="Martlet, overview">
            <Brand />
          </Link>
          <NoticeBell />
        </div>
        <HouseholdSwitch />
        <Places path={path} />
        <SideAccounts />
        <SideFoot path={path} />
      </header>
      <main id="content" className="content" tabIndex={-1}>
        <OfflineNote />
        <LeavingNote />
        {children}
      </main>
    </div>
  );
}

function Places({ path }: { path: string }) {
  const isBar = useMediaQuery("(max-width: 899px)");
  const inSight = isBar ? barPlaces : places;
  return (
    <nav aria-label="Main" className="nav">
      {inSight.map((place) => (
        <PlaceLink key={place.to} place={place} path={path} />
      ))}
      {isBar && <MorePlaces path={path} />}
    </nav>
  );
}

/** Opens above the bar; going somewhere closes it, as Escape and a press elsewhere do. */
function MorePlaces({ path }: { path: string }) {
  const [openAt, setOpenAt] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const listId = useId();
  const isShown = openAt === path;
  useEffect(() => {
    if (!isShown) return;
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpenAt(null);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpenAt(null);
      opener.current?.focus();
    };
    addEventListener("pointerdown", leave);
    addEventListener("focusin", leave);
    addEventListener("keydown", escape);
    return () => {
      removeEventListener("pointerdown", leave);
      removeEventListener("focusin", leave);
      removeEventListener("keydown", escape);
    };
  }, [isShown]);
  return (
    <div ref={box} className="nav-more">
      <button
        ref={opener}
        type="button"
        className="nav-link"
        aria-expanded={isShown}
        aria-controls={isShown ? listId : undefined}
        aria-current={otherPlaces.some((place) => isAt(place, path)) ? "true" : undefined}
        onClick={() => setOpenAt(isShown ? null : path)}
      >
        <Icon name="more" size={18} />
        <span>More</span>
        {!isShown && <OpenTasks />}
      </button>
      {isShown && (
        <div id={listId} className="nav-rest">
          {otherPlaces.map((place) => (
            <PlaceLink key={place.to} place={place} path={path} />
          ))}
        </div>
      )}
    </div>
  );
}

function isAt({ to }: Place, path: string): boolean {
  return to === "/" ? path === "/" : path.startsWith(to);
}

function PlaceLink({ place, path }: { place: Place; path: string }) {
  return (
    <Link to={place.to} className="nav-link" aria-current={isAt(place, path) ? "page" : undefined}>
      <Icon name={place.icon} size={18} />
      <span>{place.label}</span>
      {place.to === "/tasks" && <OpenTasks />}
    </Link>
  );
}

/** How many there are to do; nothing while there are none. */
function OpenTasks() {
  const { value: count = 0 } = useOpenTaskCount();
  if (count === 0) return null;
  return (
    <span className="nav-count">
      {count > 99 ? "99+" : count}
      <span className="visually-hidden"> open</span>
    </span>
  );
}

/** What the page at hand shows may not exist there, so the new one opens at its overview. */
function showHousehold(id: string): void {
  navigate("/");
  openHousehold(id);
}

/** Only for those who have more than one. */
function HouseholdSwitch() {
  const { household, households, grants } = useSession();
  const open = [...households, ...grants.map((grant) => grant.household)];
  if (open.length < 2) return null;
  return (
    <select
      className="input household-switch"
      aria-label="Household"
      value={household.id}
      onChange={(event) => showHousehold(event.target.value)}
    >
      {open.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** On every page while the person is about to be erased, with the way back. */
function LeavingNote() {
  const { user, locale } = useSession();
  if (!user.erase_at) return null;
  return (
    <div className="shell-note">
      <Note icon="warning">
        You and your data will be erased on {formatDate(user.erase_at.slice(0, 10), locale)}.{" "}
        <Link to="/settings/privacy">Change your mind</Link>
      </Note>
    </div>
  );
}

function SideAccounts() {
  const { value: accounts } = useAccounts();
  const open = accounts?.filter(isOpen) ?? [];
  if (open.length === 0) return <div className="side-accounts" />;
  return (
    <section className="side-accounts" aria-label="Account balances">
      <h2 className="side-title">Accounts</h2>
      <ul>
        {open.map((account) => (
          <SideAccount key={account.id} account={account} />
        ))}
      </ul>
    </section>
  );
}

function SideAccount({ account }: { account: Account }) {
  return (
    <li>
      <Link to={address("/transactions", { account_id: account.id })} className="side-account">
        <span className="clip">{account.name}</span>
        <AmountText amount={money(account.balance, account.currency)} />
      </Link>
    </li>
  );
}

const nextTheme: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const themeIcons: Record<Theme, IconName> = { system: "half", light: "sun", dark: "moon" };

function SideFoot({ path }: { path: string }) {
  const { user, permissions } = useSession();
  const theme = useTheme();
  const initial = user.name.trim().slice(0, 1).toUpperCase() || "?";
  return (
    <div className="side-foot">
      <Link
        to="/settings"
        className="side-user"
        aria-current={path.startsWith("/settings") ? "page" : undefined}
        aria-label="Settings"
      >
        <span className="avatar" aria-hidden="true">
          {initial}
        </span>
        <span className="clip side-user-name">{user.name}</span>
      </Link>
      {permissions.length > 0 && (
        <Link
          to="/admin"
          className="icon-button"
          aria-label="Administration"
          title="Administration"
          aria-current={path.startsWith("/admin") ? "page" : undefined}
        >
          <Icon name="shield" />
        </Link>
      )}
      <IconButton
        icon={themeIcons[theme]}
        label={`Colours: ${theme}. Change to ${nextTheme[theme]}`}
        onClick={() => chooseTheme(nextTheme[theme])}
      />
    </div>
  );
}
