import { lazy, type ReactElement, Suspense } from "react";
import { EmptyState, Loading } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { type Tab, Tabs } from "../../ui/Tabs.tsx";
import { ProfileSection } from "./ProfileSection.tsx";

const SecuritySection = lazy(() => import("./SecuritySection.tsx"));
const HouseholdSection = lazy(() => import("./HouseholdSection.tsx"));
const NoticesSection = lazy(() => import("./NoticesSection.tsx"));
const PrivacySection = lazy(() => import("./PrivacySection.tsx"));
const ActivitySection = lazy(() => import("./ActivitySection.tsx"));

const tabs: readonly Tab[] = [
  { to: "/settings/profile", label: "Profile" },
  { to: "/settings/security", label: "Security" },
  { to: "/settings/household", label: "Household" },
  { to: "/settings/notices", label: "Notices" },
  { to: "/settings/privacy", label: "Privacy" },
  { to: "/settings/activity", label: "Activity" },
];

const sections: Record<string, () => ReactElement> = {
  profile: () => <ProfileSection />,
  security: () => <SecuritySection />,
  household: () => <HouseholdSection />,
  notices: () => <NoticesSection />,
  privacy: () => <PrivacySection />,
  activity: () => <ActivitySection />,
};

export default function SettingsPage({ section }: { section: string }) {
  const show = sections[section];
  return (
    <div className="page page-settings">
      <PageHead title="Settings" />
      <Tabs label="Settings" tabs={tabs} current={`/settings/${section}`} />
      <Suspense fallback={<Loading rows={6} />}>
        {show ? show() : <EmptyState icon="search" title="There is no such page" />}
      </Suspense>
    </div>
  );
}
