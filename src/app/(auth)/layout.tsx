import { NarrowLayout } from '../narrow-layout'

export default NarrowLayout
