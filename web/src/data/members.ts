import { households } from "../api/identity.ts";
import type { MemberCard } from "../api/people.ts";
import { type Resource, useResource } from "./resource.ts";

/** Who shares the household in view. */
export function useMembers(): Resource<MemberCard[]> {
  return useResource("members", households.members);
}
