import { aptCases } from '../cases/apt';
import { repair } from './repair';

repair("apt's installations", aptCases);
