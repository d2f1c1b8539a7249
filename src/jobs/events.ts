/** Every event that Gleaner's jobs know, with its data. An event is a nudge: the tables hold the truth. */
export type JobEvents = {
  /** Due searches of one host wait to be scanned. */
  'host/scan.due': { readonly host: string }
  /** Deliveries were written or became due. */
  'delivery/due': { readonly workspaceId: string }
}

export type JobName = keyof JobEvents
export type JobData<Name extends JobName> = JobEvents[Name]
