import { lazy, type ReactElement } from "react";
import { EmptyState } from "../ui/Notices.tsx";
import { Link } from "../ui/Link.tsx";
import { matchPath, type Params } from "./router.ts";

// Each page is a file of its own over the wire, fetched when it is first opened.
const DashboardPage = lazy(() => import("../pages/dashboard/DashboardPage.tsx"));
const AccountsPage = lazy(() => import("../pages/accounts/AccountsPage.tsx"));
const AccountPage = lazy(() => import("../pages/accounts/AccountPage.tsx"));
const RegisterPage = lazy(() => import("../pages/register/RegisterPage.tsx"));
const ImportsPage = lazy(() => import("../pages/imports/ImportsPage.tsx"));
const ImportPage = lazy(() => import("../pages/imports/ImportPage.tsx"));
const BudgetPage = lazy(() => import("../pages/budget/BudgetPage.tsx"));
const GoalsPage = lazy(() => import("../pages/goals/GoalsPage.tsx"));
const GoalPage = lazy(() => import("../pages/goals/GoalPage.tsx"));
const DebtsPage = lazy(() => import("../pages/debts/DebtsPage.tsx"));
const BillsPage = lazy(() => import("../pages/bills/BillsPage.tsx"));
const CategoriesPage = lazy(() => import("../pages/categories/CategoriesPage.tsx"));
const TasksPage = lazy(() => import("../pages/tasks/TasksPage.tsx"));
const NoticesPage = lazy(() => import("../pages/notices/NoticesPage.tsx"));
const SettingsPage = lazy(() => import("../pages/settings/SettingsPage.tsx"));
const AdminPage = lazy(() => import("../pages/admin/AdminPage.tsx"));
const SignInPage = lazy(() => import("../pages/auth/SignInPage.tsx"));
const SignUpPage = lazy(() => import("../pages/auth/SignUpPage.tsx"));
const ForgotPage = lazy(() => import("../pages/auth/ForgotPage.tsx"));
const ResetPage = lazy(() => import("../pages/auth/ResetPage.tsx"));
const VerifyPage = lazy(() => import("../pages/auth/VerifyPage.tsx"));
const InvitationPage = lazy(() => import("../pages/auth/InvitationPage.tsx"));
const ProviderReturnPage = lazy(() => import("../pages/auth/ProviderReturnPage.tsx"));
const LegalPage = lazy(() => import("../pages/legal/LegalPage.tsx"));

type Route = [pattern: string, page: (params: Params) => ReactElement];

const routes: Route[] = [
  ["/", () => <DashboardPage />],
  ["/accounts", () => <AccountsPage />],
  ["/accounts/:id", ({ id = "" }) => <AccountPage id={id} />],
  ["/transactions", () => <RegisterPage />],
  ["/imports", () => <ImportsPage />],
  ["/imports/:id", ({ id = "" }) => <ImportPage id={id} />],
  ["/budget", () => <BudgetPage />],
  ["/goals", () => <GoalsPage />],
  ["/goals/:id", ({ id = "" }) => <GoalPage id={id} />],
  ["/debts", () => <DebtsPage />],
  ["/bills", () => <BillsPage section="" />],
  ["/bills/:section", ({ section = "" }) => <BillsPage section={section} />],
  ["/categories", () => <CategoriesPage />],
  ["/tasks", () => <TasksPage />],
  ["/notices", () => <NoticesPage />],
  ["/settings", () => <SettingsPage section="profile" />],
  ["/settings/:section", ({ section = "" }) => <SettingsPage section={section} />],
  ["/admin", () => <AdminPage section="people" />],
  ["/admin/:section", ({ section = "" }) => <AdminPage section={section} />],
];

/** Pages for anyone, signed in or not: the links in letters lead here. */
const openPages: Route[] = [
  ["/sign-in/oidc", () => <ProviderReturnPage />],
  ["/reset", () => <ResetPage />],
  ["/verify", () => <VerifyPage />],
  ["/invitation", () => <InvitationPage />],
  ["/privacy", () => <LegalPage kind="privacy" />],
  ["/terms", () => <LegalPage kind="terms" />],
];

const visitorPages: Route[] = [
  ...openPages,
  ["/sign-up", () => <SignUpPage />],
  ["/forgot", () => <ForgotPage />],
];

function find(list: readonly Route[], path: string): ReactElement | null {
  for (const [pattern, page] of list) {
    const params = matchPath(pattern, path);
    if (params) return page(params);
  }
  return null;
}

export function openPageFor(path: string): ReactElement | null {
  return find(openPages, path);
}

/** Whatever a visitor asks for, they sign in first and are there after. */
export function visitorPageFor(path: string): ReactElement {
  return find(visitorPages, path) ?? <SignInPage />;
}

export function pageFor(path: string): ReactElement {
  return find(routes, path) ?? <NoPage />;
}

function NoPage() {
  return (
    <EmptyState icon="search" title="There is no such page" actions={<Link to="/">Overview</Link>}>
      <p>The address may be mistyped, or what it named is gone.</p>
    </EmptyState>
  );
}
