/** A function by the job's own id: the app's name in front says nothing here. */
export function shortName(functionId: string): string {
  return functionId.replace(/^gleaner-/, '')
}

/** The list of runs with one of them open. */
export function runHref(id: string): string {
  return `/jobs?run=${id}`
}

/** The runs of one function. */
export function functionHref(functionId: string): string {
  return `/jobs?function=${encodeURIComponent(functionId)}`
}
