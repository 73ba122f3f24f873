/* Calls that lose bytes or bounds silently. Included last by base/base.h, so that every
 * file of the project fails to compile when it uses one. */
#ifndef DL_BASE_BANNED_H
#define DL_BASE_BANNED_H

#define DL_BANNED(name) use_of_##name##_is_banned_see_base_banned_h

#undef strcpy
#define strcpy(a, b) DL_BANNED(strcpy)
#undef strcat
#define strcat(a, b) DL_BANNED(strcat)
#undef strncpy
#define strncpy(a, b, n) DL_BANNED(strncpy)
#undef strncat
#define strncat(a, b, n) DL_BANNED(strncat)
#undef sprintf
#define sprintf(...) DL_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) DL_BANNED(vsprintf)
#undef strtok
#define strtok(a, b) DL_BANNED(strtok)
#undef atoi
#define atoi(a) DL_BANNED(atoi)
#undef atof
#define atof(a) DL_BANNED(atof)
#undef gmtime
#define gmtime(a) DL_BANNED(gmtime)
#undef localtime
#define localtime(a) DL_BANNED(localtime)

#endif
