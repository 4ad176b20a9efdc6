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
const CategoriesPage = lazy(() => import("../pages/categories/CategoriesPage.tsx"));
const SettingsPage = lazy(() => import("../pages/settings/SettingsPage.tsx"));

type Route = [pattern: string, page: (params: Params) => ReactElement];

const routes: Route[] = [
  ["/", () => <DashboardPage />],
  ["/accounts", () => <AccountsPage />],
  ["/accounts/:id", ({ id = "" }) => <AccountPage id={id} />],
  ["/transactions", () => <RegisterPage />],
  ["/imports", () => <ImportsPage />],
  ["/imports/:id", ({ id = "" }) => <ImportPage id={id} />],
  ["/categories", () => <CategoriesPage />],
  ["/settings", () => <SettingsPage />],
];

export function pageFor(path: string): ReactElement {
  for (const [pattern, page] of routes) {
    const params = matchPath(pattern, path);
    if (params) return page(params);
  }
  return (
    <EmptyState icon="search" title="There is no such page" actions={<Link to="/">Overview</Link>}>
      <p>The address may be mistyped, or what it named is gone.</p>
    </EmptyState>
  );
}
