import { stepCases } from '../cases/steps';
import { repair } from './repair';

repair('steps in an order', stepCases);
