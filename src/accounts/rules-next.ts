/** Where to go after sign-in: a path of ours, never another site's address that somebody put into the link. */
export function safeNext(next: string | null | undefined): string {
  const isOwnPath = next?.startsWith('/') && !/^\/[/\\]/.test(next) && !/[\t\n\r]/.test(next)
  return next && isOwnPath ? next : '/'
}
