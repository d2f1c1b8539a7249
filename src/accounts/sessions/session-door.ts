/** Opens and ends the browser's session: next-auth behind a seam, so that verbs and routers know nothing of cookies. */
export type SessionDoor = {
  /** Checks the password, writes the session's row and sets the cookie. Throws as `signIn` does. */
  readonly signIn: (credentials: { email: string; password: string }) => Promise<void>
  /** Ends the session's row and removes the cookie. */
  readonly signOut: () => Promise<void>
}
