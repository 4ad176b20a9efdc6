import { useState } from "react";
import { households } from "../../api/identity.ts";
import type { MemberCard, Visibility } from "../../api/people.ts";
import type { Account } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useMembers } from "../../data/members.ts";
import { useResource } from "../../data/resource.ts";

export type Sight = {
  /** Null until known, and where there is nobody to hide an account from. */
  value: Visibility | null;
  members: readonly MemberCard[];
  onChange: (next: Visibility) => void;
  /** What was chosen; null where nothing was. */
  chosen: Visibility | null;
};

const everyone: Visibility = { visibility: "all", members: [] };

/** Who sees an account; a new one is seen by all unless told otherwise. */
export function useVisibility(account: Account | undefined): Sight {
  const { isViewer } = useSession();
  const { value: members = [] } = useMembers();
  const isShared = !isViewer && members.length > 1;
  const { value: stored } = useResource(
    account && isShared ? `accounts/${account.id}/visibility` : null,
    () => households.visibility(account?.id ?? ""),
  );
  const [chosen, setChosen] = useState<Visibility | null>(null);
  const known = account ? (stored ?? null) : everyone;
  return {
    value: isShared ? (chosen ?? known) : null,
    members,
    onChange: setChosen,
    chosen,
  };
}
