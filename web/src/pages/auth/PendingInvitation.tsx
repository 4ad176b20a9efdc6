import { households } from "../../api/identity.ts";
import type { InvitationLook } from "../../api/people.ts";
import { arrivalToken, invitationPath } from "../../app/arrival.ts";
import { type Resource, useResource } from "../../data/resource.ts";
import { Note } from "../../ui/Notices.tsx";

/** The invitation whose link led here; its words are asked of the server once. */
export function useInvitation(): Resource<InvitationLook> & { token: string | null } {
  const token = arrivalToken(invitationPath);
  const look = useResource(token && "invitation", () => households.look(token ?? ""));
  return { ...look, token };
}

export function PendingInvitation() {
  const { value } = useInvitation();
  if (!value) return null;
  return <Note icon="house">You are invited to {value.household_name}.</Note>;
}
