import { lazy, type ReactElement, Suspense } from "react";
import type { Permission } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { EmptyState, Loading } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Tabs } from "../../ui/Tabs.tsx";

const PeopleSection = lazy(() => import("./PeopleSection.tsx"));
const RolesSection = lazy(() => import("./RolesSection.tsx"));
const AuditSection = lazy(() => import("./AuditSection.tsx"));
const SystemSection = lazy(() => import("./SystemSection.tsx"));
const JobsSection = lazy(() => import("./JobsSection.tsx"));
const PagesSection = lazy(() => import("./PagesSection.tsx"));

type Section = { name: string; label: string; needs: Permission; show: () => ReactElement };

const sections: readonly Section[] = [
  { name: "people", label: "People", needs: "users:read", show: () => <PeopleSection /> },
  { name: "roles", label: "Roles", needs: "users:read", show: () => <RolesSection /> },
  { name: "audit", label: "Audit", needs: "audit:read", show: () => <AuditSection /> },
  { name: "system", label: "System", needs: "system:read", show: () => <SystemSection /> },
  { name: "work", label: "Work", needs: "system:read", show: () => <JobsSection /> },
  { name: "pages", label: "Pages", needs: "settings:write", show: () => <PagesSection /> },
];

/** For whoever looks after the server. The server refuses what is not permitted, whatever is shown. */
export default function AdminPage({ section }: { section: string }) {
  const { permissions } = useSession();
  const allowed = sections.filter(({ needs }) => permissions.includes(needs));
  // The first that this person may see, where the address names none.
  const isNamed = location.pathname !== "/admin";
  const current =
    allowed.find(({ name }) => name === section) ?? (isNamed ? undefined : allowed[0]);
  if (!current) {
    return (
      <EmptyState icon="lock" title="This is not for you">
        <p>Only those who look after this server see it.</p>
      </EmptyState>
    );
  }
  return (
    <div className="page page-medium">
      <PageHead title="Administration" />
      <Tabs
        label="Administration"
        tabs={allowed.map(({ name, label }) => ({ to: `/admin/${name}`, label }))}
        current={`/admin/${current.name}`}
      />
      <Suspense fallback={<Loading rows={6} />}>{current.show()}</Suspense>
    </div>
  );
}
