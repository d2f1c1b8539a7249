/** Every event that Gleaner's jobs know, with its data. An event is a nudge: the tables hold the truth. */
export type JobEvents = {
  /** Due searches of one host wait to be scanned. */
  'host/scan.due': {
    readonly host: string
    /** When it was sent (ISO): a run that began later has answered it. */
    readonly at?: string
  }
  /** Deliveries of one kind of channel were written or became due. `lane` is `workspaceId/kind`: one run each at a time. */
  'delivery/due': { readonly workspaceId: string; readonly kind: string; readonly lane: string }
  /** Messages that were sent shall be changed: what they were about is resolved. */
  'delivery/edit': { readonly workspaceId: string }
  /** What these contacts gave or promised has changed; null: so many that nobody made a list. */
  'giving/changed': { readonly workspaceId: string; readonly contactIds: readonly string[] | null }
  /** The daily checks of one workspace are due; `now` where it is not the clock's (ISO). */
  'care/check.due': { readonly workspaceId: string; readonly now?: string }
  /** The weekly summaries of one workspace are due. */
  'care/summary.due': { readonly workspaceId: string; readonly now?: string }
  /** The rows of a file wait for their verdicts. */
  'import/judge.due': { readonly workspaceId: string; readonly importId: string }
  /** The rows of a file wait to be written. */
  'import/commit.due': { readonly workspaceId: string; readonly importId: string }
  /** An import is to be taken back. */
  'import/undo.due': { readonly workspaceId: string; readonly importId: string }
}

export type JobName = keyof JobEvents
export type JobData<Name extends JobName> = JobEvents[Name]
