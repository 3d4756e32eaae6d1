import type { Row } from './row.ts'
import { row01 } from './rows/row-01.ts'
import { row02 } from './rows/row-02.ts'
import { row03 } from './rows/row-03.ts'
import { row04, row05 } from './rows/row-04.ts'
import { row06 } from './rows/row-06.ts'
import { row07 } from './rows/row-07.ts'
import { row08 } from './rows/row-08.ts'
import { row09 } from './rows/row-09.ts'
import { row10 } from './rows/row-10.ts'
import { row11 } from './rows/row-11.ts'
import { row12 } from './rows/row-12.ts'
import { row13 } from './rows/row-13.ts'
import { row14 } from './rows/row-14.ts'
import { row15 } from './rows/row-15.ts'
import { row16 } from './rows/row-16.ts'

/** Every row of docs/PERFORMANCE.md, in the order in which they run. */
export const ROWS: readonly Row[] = [
  ...[row01, row02, row03, row04, row05, row06, row07, row08],
  ...[row09, row10, row11, row12, row13, row14, row15, row16],
]
