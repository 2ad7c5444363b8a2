import { languageCases } from '../cases/languages';
import { repair } from './repair';

repair('packages of languages', languageCases);
