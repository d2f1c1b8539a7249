import { defineConfig, devices } from '@playwright/test'

/** Chromium of Debian as root needs the first; the others keep it from asking the network for anything. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const { GLEANER_BROWSER: executablePath } = process.env

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'artefacts/e2e',
  // One product and one world at a time: two cores, and the tests of a file share them.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    // A control that is not there fails at once, not when the test's time is up.
    actionTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: FLAGS, ...(executablePath && { executablePath }) },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'phone',
      // What has no page looks the same on a phone.
      testIgnore: ['crash.spec.ts', 'outage.spec.ts', 'politeness.spec.ts', 'recover.spec.ts'],
      use: {
        viewport: { width: 360, height: 740 },
        hasTouch: true,
        isMobile: true,
        userAgent: devices['Pixel 7'].userAgent,
      },
    },
  ],
})
