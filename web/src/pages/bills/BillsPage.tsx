import { lazy, Suspense, useState } from "react";
import { useSession } from "../../app/session.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Loading } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { type Tab, Tabs } from "../../ui/Tabs.tsx";
import { UpcomingSection } from "./UpcomingSection.tsx";

const CalendarSection = lazy(() => import("./CalendarSection.tsx"));
const SubscriptionsSection = lazy(() => import("./SubscriptionsSection.tsx"));
const FoundSection = lazy(() => import("./FoundSection.tsx"));
const BillDialog = lazy(() => import("./BillDialog.tsx"));

const tabs: readonly Tab[] = [
  { to: "/bills", label: "Bills" },
  { to: "/bills/calendar", label: "Calendar" },
  { to: "/bills/subscriptions", label: "Subscriptions" },
  { to: "/bills/found", label: "Found" },
];

/** What is paid and earned again and again: what comes, when, what it costs, what was found. */
export default function BillsPage({ section }: { section: string }) {
  const { isViewer } = useSession();
  const [isAdding, setAdding] = useState(false);
  return (
    <div className={section === "calendar" ? "page page-calendar" : "page page-medium"}>
      <PageHead title="Bills">
        {!isViewer && (
          <Button icon="plus" kind="primary" onClick={() => setAdding(true)}>
            Add bill
          </Button>
        )}
      </PageHead>
      <Tabs label="Bills" tabs={tabs} current={section === "" ? "/bills" : `/bills/${section}`} />
      <Suspense fallback={<Loading rows={6} />}>
        <Section name={section} onAdd={() => setAdding(true)} />
      </Suspense>
      {isAdding && (
        <Suspense fallback={null}>
          <BillDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Section({ name, onAdd }: { name: string; onAdd: () => void }) {
  switch (name) {
    case "":
      return <UpcomingSection onAdd={onAdd} />;
    case "calendar":
      return <CalendarSection />;
    case "subscriptions":
      return <SubscriptionsSection />;
    case "found":
      return <FoundSection />;
    default:
      return <EmptyState icon="search" title="There is no such page" />;
  }
}
