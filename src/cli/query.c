#include "cli.h"
int run_query(const cli_arguments *arguments)
{
    (void)arguments;
    return 0;
}
