import { describeAnswers, describeAnswersBeforeWrites } from './answers-matrix.ts'

// Every route, and every way on some of them; at night all of them on all.
describeAnswers(18)
describeAnswersBeforeWrites()
