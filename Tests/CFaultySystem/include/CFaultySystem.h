// A library to be loaded before a program's others (LD_PRELOAD), which stands between it and the system
// where it changes something under a folder. As its environment says:
//
//   FAULTY_FOLDER   the folder, as an absolute path without links
//   FAULTY_AT       how many changes are made before the first that is not
//   FAULTY_HOW      what becomes of that one:
//                   "kill"  the program ends as by SIGKILL, and the change is not made
//                   "tear"  the same, but of what it writes the first half is written
//                   "full"  it fails, and all after it that takes space: the disk is full
//                   "broken"  it fails, and all after it but what removes a file
//   FAULTY_TALLY    a file that gets to hold the number of changes when the program exits
//
// Changes are: to make a file or folder, write, truncate, synchronise, rename, link, remove.

#ifndef CFAULTYSYSTEM_H
#define CFAULTYSYSTEM_H
#endif
