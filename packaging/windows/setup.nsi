; CrowdDesk's setup for one person: no administrator, nothing outside their own folders and registry.
;
; makensis -DVERSION=… -DNUMBERS=0.1.0.0 -DSOURCE=folder -DFILES=files.nsh -DICON=….ico -DKILOBYTES=… -DTARGET=….exe
;
; All that is installed lies in $INSTDIR\program and the two launchers, so that an upgrade can put the new one in
; place of the old whole: what an older version had and the new one has not is gone, and a setup that is broken off
; leaves the old version as it was. Workspaces and settings lie elsewhere (crowddesk/paths.py); nothing here names
; them. Ends with 0, 1 where the person stopped it, 2 where a step failed, 3 where CrowdDesk was running.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!include MUI2.nsh
!include WinVer.nsh
!include LogicLib.nsh

!define NAME "CrowdDesk"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\CrowdDesk"
!define CLASSES "Software\Classes"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\CrowdDesk.exe"

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\CrowdDesk"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
AllowSkipFiles off
SetDateSave on
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "CrowdDesk contributors"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "This installs ${NAME} for you alone; no administrator is needed. It goes to:$\r$\n$\r$\n$INSTDIR$\r$\n$\r$\nAn older version there is replaced. Your workspaces stay as they are."
!define MUI_FINISHPAGE_RUN "$INSTDIR\CrowdDesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Start ${NAME}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${NAME} will be removed. Your workspaces and settings stay as they are."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Signs the setup and the uninstaller with a command of yours: see README.md.
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

; --- What both halves ask -------------------------------------------------------------------------------------------

; Leaves "1" in $0 while a process has the file open as a program or a library: Windows lets nobody write to it then.
!macro IsInUse un
Function ${un}IsInUse
  Exch $0
  ${IfNot} ${FileExists} "$0"
    StrCpy $0 "0"
  ${Else}
    Push $1
    ClearErrors
    FileOpen $1 "$0" a
    ${If} ${Errors}
      StrCpy $0 "1"
    ${Else}
      FileClose $1
      StrCpy $0 "0"
    ${EndIf}
    Pop $1
  ${EndIf}
  Exch $0
FunctionEnd

; Comes back only when CrowdDesk is closed.
Function ${un}WaitUntilClosed
  ask:
  Push "$INSTDIR\program\${PYTHON_DLL}"
  Call ${un}IsInUse
  Pop $0
  ${If} $0 == "0"
    Push "$INSTDIR\CrowdDesk.exe"
    Call ${un}IsInUse
    Pop $0
  ${EndIf}
  ${If} $0 == "1"
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} is running. Close it, then choose Retry." /SD IDCANCEL IDRETRY ask
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd
!macroend
!insertmacro IsInUse ""
!insertmacro IsInUse "un."

; A type of file: its ending, the class, what Explorer calls it, its MIME type.
!macro AddFileType EXTENSION CLASS WORDS MIME
  WriteRegStr HKCU "${CLASSES}\${CLASS}" "" "${WORDS}"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\DefaultIcon" "" "$INSTDIR\CrowdDesk.exe,0"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\shell\open\command" "" '"$INSTDIR\CrowdDesk.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\${EXTENSION}" "" "${CLASS}"
  WriteRegStr HKCU "${CLASSES}\${EXTENSION}" "Content Type" "${MIME}"
  WriteRegNone HKCU "${CLASSES}\${EXTENSION}\OpenWithProgids" "${CLASS}"
!macroend

; What another program made of the ending since stays.
!macro RemoveFileType EXTENSION CLASS
  DeleteRegKey HKCU "${CLASSES}\${CLASS}"
  DeleteRegValue HKCU "${CLASSES}\${EXTENSION}\OpenWithProgids" "${CLASS}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${EXTENSION}\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\${EXTENSION}" ""
  ${If} $0 == "${CLASS}"
    DeleteRegValue HKCU "${CLASSES}\${EXTENSION}" ""
    DeleteRegValue HKCU "${CLASSES}\${EXTENSION}" "Content Type"
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\${EXTENSION}"
!macroend

!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; --- Install --------------------------------------------------------------------------------------------------------

Function .onInit
  SetShellVarContext current
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${NAME} needs Windows 10 or newer." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ; A folder named with /D= may be somebody else's: only one with CrowdDesk in it, or without a folder of that name.
  ; A first setup may have ended between the two.
  ${If} ${FileExists} "$INSTDIR\program\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\CrowdDesk.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\program\lib\crowddesk\*.*"
    MessageBox MB_OK|MB_ICONSTOP "$INSTDIR has a folder named program that is not ${NAME}'s. Choose another place with /D=." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\program.new"
  RMDir "$INSTDIR"
  SetErrorLevel 2
FunctionEnd

Section
  Call WaitUntilClosed

  ; What an earlier setup left when the power went.
  RMDir /r "$INSTDIR\program.new"
  ${IfNot} ${FileExists} "$INSTDIR\program\*.*"
  ${AndIf} ${FileExists} "$INSTDIR\program.old\*.*"
    Rename "$INSTDIR\program.old" "$INSTDIR\program"
  ${EndIf}
  RMDir /r "$INSTDIR\program.old"

  !include "${FILES}"
  SetOutPath "$TEMP"

  ${If} ${FileExists} "$INSTDIR\program\*.*"
    ClearErrors
    Rename "$INSTDIR\program" "$INSTDIR\program.old"
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "The older version in $INSTDIR cannot be replaced: another program has one of its files open. Nothing was changed." /SD IDOK
      RMDir /r "$INSTDIR\program.new"
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\program.new" "$INSTDIR\program"
  ${If} ${Errors}
    Rename "$INSTDIR\program.old" "$INSTDIR\program"
    MessageBox MB_OK|MB_ICONSTOP "${NAME} could not be put into $INSTDIR. The older version, if there was one, is as it was." /SD IDOK
    Abort
  ${EndIf}
  SetOutPath "$INSTDIR"
  File "${SOURCE}\CrowdDesk.exe"
  File "${SOURCE}\crowddesk-cli.exe"
  File "${SOURCE}\LICENCES.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\program.old"

  ; A shortcut starts in the folder that is the current one when it is made.
  SetOutPath "$PROFILE"
  CreateShortcut "$SMPROGRAMS\CrowdDesk.lnk" "$INSTDIR\CrowdDesk.exe"
  SetOutPath "$TEMP"

  !insertmacro AddFileType ".crowddesk" "CrowdDesk.Bundle" "CrowdDesk run" "application/vnd.crowddesk.bundle"
  !insertmacro AddFileType ".crowddesk-backup" "CrowdDesk.Backup" "CrowdDesk backup" "application/vnd.crowddesk.backup"
  !insertmacro TellExplorer
  WriteRegStr HKCU "${APP_PATHS}" "" "$INSTDIR\CrowdDesk.exe"

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\CrowdDesk.exe,0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "CrowdDesk contributors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

; --- Uninstall ------------------------------------------------------------------------------------------------------

Function un.onInit
  SetShellVarContext current
FunctionEnd

Section "Uninstall"
  Call un.WaitUntilClosed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\program"
  RMDir /r "$INSTDIR\program.new"
  RMDir /r "$INSTDIR\program.old"
  Delete "$INSTDIR\CrowdDesk.exe"
  Delete "$INSTDIR\crowddesk-cli.exe"
  Delete "$INSTDIR\LICENCES.txt"
  Delete "$INSTDIR\uninstall.exe"
  ; Only where nothing of anybody's is left in it.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\CrowdDesk.lnk"

  !insertmacro RemoveFileType ".crowddesk" "CrowdDesk.Bundle"
  !insertmacro RemoveFileType ".crowddesk-backup" "CrowdDesk.Backup"
  !insertmacro TellExplorer
  DeleteRegKey HKCU "${APP_PATHS}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
