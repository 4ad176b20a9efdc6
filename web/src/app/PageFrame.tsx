import { type ReactNode, Suspense } from "react";
import { Loading } from "../ui/Notices.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";

/** A page is fetched when first opened, and its faults are its own. */
export function PageFrame({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading rows={6} />}>{children}</Suspense>
    </ErrorBoundary>
  );
}
