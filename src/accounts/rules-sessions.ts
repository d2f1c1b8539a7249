/** A session ends when it was not used for this long. OWASP ASVS 5.0 asks for a stated limit; NIST 800-63B: 30 days. */
export const SESSION_IDLE_MS = 30 * 86_400_000

/** The cookie only names a session's row, so it may outlive it; browsers cap cookies at 400 days (RFC 6265bis). */
export const COOKIE_SECONDS = 400 * 86_400
