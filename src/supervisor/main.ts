import { start } from './start'

// Where everything comes built, as in the image: the working directory is the root.
await start({ root: process.cwd() })
