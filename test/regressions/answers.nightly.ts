import { describeAnswers } from './answers-matrix.ts'

describeAnswers(1)
