/* code --db: articles and records into an archive. */
#include "cli.h"

int store_open(cli_store *store, const cli_arguments *arguments)
{
    const char *path = arguments->options[OPTION_DB];
    dateline_error error = {0};
    *store = (cli_store){.resume = arguments->options[OPTION_RESUME] != NULL,
                         .claims = arguments->options[OPTION_CLAIMS] != NULL,
                         .quiet = arguments->options[OPTION_QUIET] != NULL};
    if (!path && (store->resume || arguments->options[OPTION_RECODE])) {
        fprintf(stderr, "dateline code: --%s goes with --db\n",
                store->resume ? "resume" : "recode");
        return EXIT_USAGE;
    }
    if (!path)
        return EXIT_ALL_WELL;
    store->options.recode = arguments->options[OPTION_RECODE] != NULL;
    dateline_status status =
        dateline_store_open(path, &store->options, &store->store, &error);
    if (status != DATELINE_OK)
        say_error(&error);
    return exit_code_of(status);
}

dateline_status store_pass(cli_store *store, const dateline_worker *worker,
                           const dateline_reader *reader, const dateline_article *article,
                           cli_output *output, bool *passed, dateline_error *error)
{
    dateline_standing standing = DATELINE_ARTICLE_NEW;
    *passed = false;
    if (!store->store)
        return DATELINE_OK;
    dateline_status status =
        dateline_store_find(store->store, worker, article, &standing, error);
    if (status == DATELINE_OK && standing == DATELINE_ARTICLE_NEW && store->resume)
        return dateline_store_was_rejected(store->store, reader, passed, error);
    if (status != DATELINE_OK || standing == DATELINE_ARTICLE_NEW ||
        standing == DATELINE_ARTICLE_CHANGED ||
        (standing == DATELINE_ARTICLE_OTHER_CODER && store->options.recode))
        return status;
    *passed = true;
    store->passed++;
    store->other_coder += standing == DATELINE_ARTICLE_OTHER_CODER;
    return output ? dateline_store_write(store->store, article, store->claims,
                                         output_write, output, error)
                  : DATELINE_OK;
}

dateline_status store_add(cli_store *store, const dateline_worker *worker,
                          dateline_error *error)
{
    return store->store ? dateline_store_add(store->store, worker, error) : DATELINE_OK;
}

dateline_status store_reject(cli_store *store, const dateline_reader *reader,
                             const dateline_error *why, bool *old, dateline_error *error)
{
    *old = false;
    if (!store->store)
        return DATELINE_OK;
    dateline_status status = DATELINE_OK;
    if (store->resume)
        status = dateline_store_was_rejected(store->store, reader, old, error);
    return status == DATELINE_OK && !*old
               ? dateline_store_reject(store->store, reader, why, error)
               : status;
}

static void say_kept(const cli_store *store, const dateline_kept *kept)
{
    size_t unchanged = store->passed + kept->unchanged;
    fprintf(stderr, "kept %zu article%s", kept->added + kept->replaced,
            kept->added + kept->replaced == 1 ? "" : "s");
    if (kept->replaced)
        fprintf(stderr, " (%zu of them in place of what was there)", kept->replaced);
    fprintf(stderr, ", %zu record%s", kept->records, kept->records == 1 ? "" : "s");
    if (unchanged)
        fprintf(stderr, "; %zu there already", unchanged);
    if (kept->rejects)
        fprintf(stderr, "; %zu rejected", kept->rejects);
    fputc('\n', stderr);
    if (store->other_coder)
        fprintf(stderr,
                "%zu of those there were coded by another version or with other "
                "data; --recode codes them anew\n",
                store->other_coder);
}

int store_close(cli_store *store, int code)
{
    dateline_error error = {0};
    if (!store->store)
        return code;
    dateline_status status = dateline_store_commit(store->store, &error);
    dateline_kept kept = dateline_store_kept(store->store);
    dateline_store_close(store->store);
    store->store = NULL;
    if (status != DATELINE_OK && exit_code_of(status) != code)
        say_error(&error);
    if (!store->quiet)
        say_kept(store, &kept);
    if (status != DATELINE_OK)
        fputs("dateline: what is kept is whole; the same command with --resume goes on "
              "from there\n",
              stderr);
    return status != DATELINE_OK ? exit_code_of(status) : code;
}
