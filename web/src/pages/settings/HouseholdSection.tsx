import { useSession } from "../../app/session.ts";
import { GrantsCard } from "./GrantsCard.tsx";
import { HouseholdCard } from "./HouseholdCard.tsx";
import { HouseholdsCard } from "./HouseholdsCard.tsx";
import { InvitationsCard } from "./InvitationsCard.tsx";
import { MembersCard } from "./MembersCard.tsx";

export default function HouseholdSection() {
  const { isOwner } = useSession();
  return (
    <>
      <HouseholdCard />
      <MembersCard />
      {isOwner && <InvitationsCard />}
      {isOwner && <GrantsCard />}
      <HouseholdsCard />
    </>
  );
}
