import { goals } from "../api/goals.ts";
import { type Resource, useResource } from "./resource.ts";
import type { Goal, GoalSummary } from "../api/types.ts";

/** The household's goals in the order people gave them; paused and finished ones included. */
export function useGoals(): Resource<Goal[]> {
  return useResource("goals", () => goals.all());
}

/** What all goals come to, and what they leave of each account. */
export function useGoalSummary(): Resource<GoalSummary> {
  return useResource("goals summary", goals.summary);
}
