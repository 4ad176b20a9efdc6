import { Component, type ReactNode } from "react";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Notices.tsx";

type State = { error: Error | null };

/** A fault on one page leaves the rest of the app standing. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <EmptyState
        icon="warning"
        title="This page failed"
        actions={<Button onClick={() => location.reload()}>Load it again</Button>}
      >
        <p>Nothing was lost. {error.message}</p>
      </EmptyState>
    );
  }
}
