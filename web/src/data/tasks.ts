import { tasks } from "../api/tasks.ts";
import { type Resource, useResource } from "./resource.ts";

/** How many there are to do, for the navigation. */
export function useOpenTaskCount(): Resource<number> {
  return useResource("tasks open", tasks.openCount);
}
